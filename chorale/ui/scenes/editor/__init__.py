"""The editor, in parts: bar, rail, page, panel, transport, and the business of each."""
