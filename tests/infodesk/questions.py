"""What is a greeting, a danger, or only sounds like one; questions about topics: `evaluation/`."""

GREETINGS: tuple[str, ...] = (
    "Hello!",
    "hi, good evening",
    "Goedemiddag",
    "hallo, hoe gaat het?",
    "Доброго дня!",
    "Привіт 👋",
    "سلام علیکم، خوب هستید؟",
    "سلام، ستړي مه شئ",
    "salam",
    "👍",
)

THANKS: tuple[str, ...] = (
    "Thank you very much!",
    "ok thanks",
    "bedankt voor de hulp",
    "дуже дякую",
    "بسیار تشکر",
    "ډېره مننه",
)

EMERGENCIES: tuple[tuple[str, str], ...] = (
    ("my baby is not breathing", "health/emergency"),
    ("please send an ambulance", "health/emergency"),
    ("he is unconscious on the floor", "health/emergency"),
    ("I dont want to live anymore", "health/mental"),
    ("my friend wants to kill himself", "health/mental"),
    ("my husband beats me", "health/violence"),
    ("we have no place to sleep tonight", "reception/no-place"),
    ("mijn kind ademt niet meer", "health/emergency"),
    ("ik wil niet meer leven", "health/mental"),
    ("mijn man slaat mij", "health/violence"),
    ("wij slapen op straat met twee kinderen", "reception/no-place"),
    ("дитина не дихає", "health/emergency"),
    ("я не хочу жити", "health/mental"),
    ("чоловік мене б’є", "health/violence"),
    ("нам ніде спати", "reception/no-place"),
    ("طفلم نفس نمی‌کشد", "health/emergency"),
    ("می‌خواهم خودکشی کنم", "health/mental"),
    ("شوهرم مرا لت می‌کند", "health/violence"),
    ("امشب جای خواب نداریم", "reception/no-place"),
    ("زما ماشوم ساه نه اخلي", "health/emergency"),
    ("غواړم ځان ووژنم", "health/mental"),
    ("خاوند مې ما وهي", "health/violence"),
    ("نن شپه د خوب ځای نه لرم", "reception/no-place"),
)

NO_EMERGENCIES: tuple[str, ...] = (
    "where is the emergency exit of the centre",
    "my phone died, how do i charge it",
    "who pays the ambulance bill",
    "my father died last year, can i get his pension",
    "i need a police certificate for work",
    "waar is de nooduitgang",
    "ik ben doodmoe van het wachten",
    "хто оплатить рахунок за швидку",
    "дякую за швидку відповідь",
    "مصرف امبولانس را کی می‌دهد",
    "د امبولانس بیه څومره ده",
)
