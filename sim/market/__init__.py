"""The public square: advertisers bid for page views, day by day."""
