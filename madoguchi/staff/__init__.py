"""The desk at a terminal: opens, reads and answers cases on a staff member's own machine, with their own key."""
