"""`madoguchi doctor`: looks over an installation and says what is wrong with it, and what to do; changes nothing."""
