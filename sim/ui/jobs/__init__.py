"""Long work in processes of their own, with progress, stop and a queue.

>>> from sim.ui.jobs.board import the_board
>>> from sim.ui.jobs.request import Request
>>> board = the_board()
>>> job_id = board.submit(Request.of("waterfall", scenario, seeds=4, pairs=2), visitor="me")   # doctest: +SKIP
>>> board.look(job_id).state      # queued, running, done, failed, stopped   # doctest: +SKIP
>>> board.look(job_id).answer()   # what the experiment itself returns   # doctest: +SKIP

Nothing here knows Streamlit: a job is a folder and a process.
"""
