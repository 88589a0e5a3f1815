"""Which strategy earned more, in the same futures?"""
