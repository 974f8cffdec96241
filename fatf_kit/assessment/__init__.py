"""An assessment: its folder, its workbooks, the answers read from them, and what people decided."""
