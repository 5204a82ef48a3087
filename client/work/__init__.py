"""The jobs and the rules of the ward, plain Python: no window, no network, no SQL."""
