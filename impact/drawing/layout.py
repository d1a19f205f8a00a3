"""A program of its own: reads DOT, writes the drawing in the format that its argument names.

Graphviz is a C library that is not safe among threads and cannot be stopped, so it never runs inside the
server. It is run by path, so that it starts without loading Linchpin.
"""

import sys

from pygraphviz import AGraph

DOTS_PER_INCH = {"svg": "72", "png": "144"}


def main(media: str) -> None:
    """Lay the graph out from top to bottom with Graphviz's `dot` and write it."""
    graph = AGraph(string=sys.stdin.buffer.read().decode())
    graph.graph_attr["dpi"] = DOTS_PER_INCH[media]
    sys.stdout.buffer.write(graph.draw(format=media, prog="dot"))


if __name__ == "__main__":
    main(sys.argv[1])
