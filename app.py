"""The app: which pages there are. What they share stands in sim.ui.frame. `siyu app` opens it in a browser."""

import streamlit as st

from sim.ui import frame, pages

st.navigation([*(frame.page(name) for name in pages.made()), frame.front_door()], position="hidden").run()
