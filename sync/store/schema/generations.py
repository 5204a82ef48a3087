"""How a row of the catalogue says in which generations it is true."""

from typing import Final

NEVER: Final = 2**62
"""`until` of a catalogue row that nothing has replaced yet."""

GENERATIONS: Final = f"""
CREATE INDEX {{name}}_ended ON {{name}} (until) WHERE until < {NEVER};
CREATE VIEW {{name}}_now AS SELECT * FROM {{name}}
    WHERE since <= (SELECT generation FROM catalogue) AND until > (SELECT generation FROM catalogue);
"""
"""What each table of the catalogue has beside itself: an index of its ended rows, a view of the current ones."""
