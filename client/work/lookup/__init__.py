"""Questions nobody posts: what is this, where is it, who had it."""
