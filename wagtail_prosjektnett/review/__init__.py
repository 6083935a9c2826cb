"""Which articles are to be reviewed, and what follows when somebody has."""
