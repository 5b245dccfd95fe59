"""What each kind of harvester asks of a site, what it would store of that, and what it would refuse."""
