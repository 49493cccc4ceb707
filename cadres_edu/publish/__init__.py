"""A stored lesson as something to hand out: one page that reads on a screen and on paper, and the same as a PDF."""

from cadres_edu.publish.handout import HandoutError, Papers, handout
from cadres_edu.publish.page import page
from cadres_edu.publish.printing import PrintError, pdf

__all__ = ["HandoutError", "Papers", "PrintError", "handout", "page", "pdf"]
