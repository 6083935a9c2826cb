"""Dates and numbers in Northern Sámi: "guovvamánu 15. b. 2018", as glibc's ``se_NO`` has them; figures as in Norway.

The month stands in the genitive before a day (``E``), and in the nominative alone (``F``). ``b.`` is short for
"beaivi", the day, whatever its case.
"""

DATE_FORMAT = r"E j. \b. Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"E j. \b. Y H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = r"E j. \b."
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M:%S", "%H:%M"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
