"""The app: which pages there are, and the language and the link that they share. `siyu app` opens it in a browser."""

import streamlit as st

from sim.ui import answer, frame, state

state.read_link()
frame.open_page()
st.navigation([st.Page(answer.page, title="Siyu", url_path="answer", default=True)], position="hidden").run()
