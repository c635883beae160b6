"""How the tables came to be, one step a file; steps are only ever added. Run at every start, programmatically."""
