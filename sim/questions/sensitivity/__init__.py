"""Which assumptions matter?"""
