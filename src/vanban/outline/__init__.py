"""The shape of a document: numbered sections, items and paragraphs, read from its lines.

``build`` turns lines into a tree. Official documents number as Nghị định 30/2020/NĐ-CP (Phụ lục I, mục II.5) lays down:
Phần, Chương, Mục, then I. / 1. / a), with dashes below; real ones also use A., 1.1., (1), + and bullets.
"""

from vanban.outline.markers import Marker, read_marker
from vanban.outline.paragraphs import Paragraph, paragraphs
from vanban.outline.tree import Node, build, build_nodes

__all__ = ["Marker", "Node", "Paragraph", "build", "build_nodes", "paragraphs", "read_marker"]
