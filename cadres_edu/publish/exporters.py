"""The page and the PDF in JupyterLab's menu, File, Save and Export Notebook As, and in its printing."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from cadres_edu.publish.page import page
from cadres_edu.publish.printing import pdf

# JupyterLab prints its own HTML export, which would load scripts from elsewhere and show code in place of questions.
# So that export gets a template of ours, in `jupyter/nbconvert/templates`, which holds nothing but the page.
PRINTING = {
    "HTMLExporter.template_name": "cadres-edu",
    "SlidesExporter.template_name": "reveal",  # it is an HTMLExporter too, and would take over our template
    "HTMLExporter.filters": {"page": f"{page.__module__}.{page.__name__}"},
}

Told = dict[str, Any]


class Handout(Exporter):
    """The notebook as the page that prints well; `nbconvert --to handout` makes the same."""

    export_from_notebook = "Handout"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]  # its base gives the notebook back
        self, nb: NotebookNode, resources: Told | None = None, **_: Any
    ) -> tuple[str, Told]:
        """The page, and nbconvert's notes on it."""
        lesson, notes = super().from_notebook_node(nb, resources)
        return page(lesson, _name(notes)), notes


class HandoutPDF(Exporter):
    """The same page as a PDF; PrintError where no browser is there to print it."""

    export_from_notebook = "HandoutPDF"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Told | None = None, **_: Any
    ) -> tuple[bytes, Told]:
        """The PDF, and nbconvert's notes on it."""
        lesson, notes = super().from_notebook_node(nb, resources)
        return pdf(page(lesson, _name(notes))), notes


def _name(notes: Told) -> str:
    return str(notes["metadata"]["name"])
