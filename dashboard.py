"""The dashboard: which of the work we handed to outside vendors needs us, and why. ``streamlit run dashboard.py``."""

import streamlit as st

from engagement.errors import DatabaseError
from engagement.pages import shell
from engagement.pages._start_sample import sample_note
from engagement.pages.trouble import Unforeseen

st.set_page_config(page_title="Engagements", page_icon=str(shell.ICON), layout="wide")

FOLDER = "engagement/pages"
this_week = st.Page(f"{FOLDER}/this_week.py", title="This week", default=True)
log_check_in = st.Page(f"{FOLDER}/log_check_in.py", title="Log a check-in", url_path="log")
status = st.Page(f"{FOLDER}/status.py", title="Status")
engagements = st.Page(f"{FOLDER}/engagements.py", title="Engagements")
methods = st.Page(f"{FOLDER}/methods.py", title="Methods")
engagement = st.Page(f"{FOLDER}/engagement.py", title="Engagement", visibility="hidden")
start = st.Page(f"{FOLDER}/start.py", title="Start", visibility="hidden")


pages = [this_week, log_check_in, status, engagements, methods, engagement, start]
page = st.navigation(pages, position="hidden")  # the menu is the shell's: its links keep the filters
above = st.container()
try:
    with Unforeseen(DatabaseError) as trouble:
        if shell.is_empty() and page != start:
            st.switch_page(start)
        with shell.frame(page, sample_note):
            page.run()
except DatabaseError as error:
    shell.trouble(error)
if trouble.problem is not None:
    with above:
        shell.unforeseen(trouble.problem)
    st.stop()  # what stands in fields that were not drawn is kept
