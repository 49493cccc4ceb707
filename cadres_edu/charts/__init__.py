"""Records -> charts: each one a plotly figure, a picture (SVG) for print and pages, a table, and a reading in words.

`rows`, `lines` and `cells` draw the three forms, `catalogue` says which records each chart shows.
"""

from cadres_edu.charts.catalogue import CHARTS, chart
from cadres_edu.charts.drawing import Chart

__all__ = ["CHARTS", "Chart", "chart"]
