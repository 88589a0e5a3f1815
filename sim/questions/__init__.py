"""The questions that can be asked, one folder or file a question: the study, its answer and its words."""
