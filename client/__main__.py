"""`python -m client` is `wardstock`."""

from client.cli import main

if __name__ == "__main__":
    main()
