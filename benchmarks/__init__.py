"""How fast the main paths are, each beside a floor that does only the unavoidable. Prints figures, asserts nothing.

A benchmark is a module here with `run()`. It prints a line a figure, `name: value unit`, and last `ratio: value`:
ours against the floor, more is better. Measure both sides in one run, in alternating slices: on a shared machine CPU
time and the number of statements are steady, one wall-clock figure is not.
"""
