"""The demonstration: firms, people, goods and pictures to try the platform with.

Exists in demonstration mode only. `load` tells its chapters, each once; a room's story is a `Chapter` in `CHAPTERS`.
"""
