"""Questions in five languages. Each is answered at once; the harness checks that first."""

QUESTIONS = (
    "Where can I learn Dutch?",
    "Am I allowed to work?",
    "Hoe schrijf ik mijn kind in op school?",
    "Як знайти житло?",
    "Як отримати тимчасовий захист?",
    "چگونه درخواست پناهندگی بدهم؟",
    "چطور خانه پیدا کنم؟",
    "کجا هالندی یاد بگیرم؟",
    "ایا زه کار کولی شم؟",
)
