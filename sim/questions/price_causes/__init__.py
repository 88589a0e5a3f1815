"""Why did clicks become dearer?"""
