"""The demonstration: firms, people, goods and pictures to try the platform with."""
