"""`python -m cadres_edu` is `cadres-edu`."""

from cadres_edu.cli import app

app()
