"""办事: everything one can apply for, found by its words, with the policies and notices that have them too."""
