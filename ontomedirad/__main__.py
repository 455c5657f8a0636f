"""`python -m ontomedirad`."""

from ontomedirad.cli import main

main()
