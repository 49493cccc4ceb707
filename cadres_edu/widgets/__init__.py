"""Things in a lesson that can be worked: each is a Python class, an ES module and a style sheet of one stem."""
