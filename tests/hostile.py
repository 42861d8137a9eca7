"""Pages that nobody who reads them in his own process survives, or at least not soon."""

SLOW = "<!doctype html><table>" + "<tr><td>" * 40_000 + "endless"  # a second or two
GREEDY = "<!doctype html>" + "<a>" * 15_000_000  # more memory than a page is given
LARGE = 50_000_000  # bytes that these need
