"""What in somebody's words would name them: searched on the spot, before they hand over without a name.

It looks for what points at the writer, not for every name: the people whom a report is about are what it is for. Rules
are rows, all of bounded reach, so that no text makes them slow; they read a copy in which widths and look-alikes are
folded, and answer with places in the text as it stands. Nothing here keeps, sends or logs a word, and nothing here
decides: the person is shown what was found and does with it what they like.
"""
