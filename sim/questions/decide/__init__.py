"""Which strategy should be chosen, seeing what nobody knows?"""
