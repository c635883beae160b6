"""The public pages: procedure, law, desks, figures, released information. The same for everyone, without a script."""
