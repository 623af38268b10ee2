"""A receipt printer that is not there: reads ESC/POS bytes strictly and shows the paper."""
