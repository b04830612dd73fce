"""The report's pages: one a student, an overview, and the tables for gradebooks; each complete in itself."""
