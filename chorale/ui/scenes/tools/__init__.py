"""The Studio room: one scene for all five tools, made from the table of tools."""
