"""The report's pages: one a student, an overview, and the tables for gradebooks; each a text that needs nothing else."""
