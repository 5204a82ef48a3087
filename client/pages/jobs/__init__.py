"""An open job in the words and numbers of its page: a file for each."""
