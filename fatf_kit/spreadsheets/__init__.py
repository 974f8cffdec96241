"""One mechanism for every workbook: a kind is declared once, written by one writer and read by one reader."""
