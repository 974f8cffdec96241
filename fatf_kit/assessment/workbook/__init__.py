"""The workbook of answers, as it is written for agencies and read back."""
