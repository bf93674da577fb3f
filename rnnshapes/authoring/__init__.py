"""Building the course: lesson text to notebooks and back."""

import sys

# nbformat imports jsonschema, which builds a parser for IRIs when it finds this package: two seconds in each process,
# for a check that no notebook's schema asks for. Whoever has imported it before keeps it.
sys.modules.setdefault("rfc3987_syntax", None)
