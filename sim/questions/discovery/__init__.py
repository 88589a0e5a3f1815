"""In which worlds does a strategy win?"""
