"""Where do two strategies tie?"""
