"""Why do two strategies differ?"""
