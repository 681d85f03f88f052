"""Tasks with their lead and responsible units, wherever they are stated, and tables of tasks."""
