"""The words everything else is written in: money, time, people, errors. Pure Python; imports nothing of ours."""
