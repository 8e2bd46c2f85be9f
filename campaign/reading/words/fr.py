"""French: the words by which it calls, condemns, counts and quotes."""

import re

from campaign.reading.words.table import Words, cue, word_set

_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_CALL = (
    r"appel(?:le|lent|ons)|exhort(?:e|ent|ons)|(?<!la )(?<!une )demand(?:e|ent|ons)"
    r"|exig(?:e|ent|eons)|(?<!nous nous )(?<!s['’])engag(?:e|ent|eons)|invit(?:e|ent|ons)"
    r"|recommand(?:e|ent|ons)|pri(?:e|ent|ons)|réclam(?:e|ent|ons)|enjoi(?:nt|gnent|gnons)"
    r"|conjur(?:e|ent|ons)|press(?:e|ent|ons)|sollicit(?:e|ent|ons)|préconis(?:e|ent|ons)"
    r"|encourag(?:e|ent|eons)|plaid(?:e|ent|ons) pour|lan(?:ce|cent|çons) un appel"
)
_POSITION = (
    r"condamn(?:e|ent|ons)|salu(?:e|ent|ons)|dénon(?:ce|cent|çons)|déplor(?:e|ent|ons)"
    r"|regrett(?:e|ent|ons)|félicit(?:e|ent|ons)|se réjoui(?:t|ssent)|exprim(?:e|ent|ons)"
    r"|rappel(?:le|lent|ons)|réaffirm(?:e|ent|ons)|affirm(?:e|ent|ons)|soulign(?:e|ent|ons)"
    r"|not(?:e|ent|ons)|constat(?:e|ent|ons)|reconnaî(?:t|ssent)|rejett(?:e|ent)|soutien(?:t|nent)"
    r"|apport(?:e|ent|ons)|adress(?:e|ent|ons)|s['’]inqui(?:ète|ètent)|remerci(?:e|ent|ons)"
    r"|s['’]indign(?:e|ent)|alert(?:e|ent|ons)|déclar(?:e|ent|ons)"
)
_ACTOR = (
    r"(?:[A-ZÀ-Ý]|(?:états?|gouvern|communauté|parti(?:e|s\b)|partenaire|autorité|institution|organis"
    r"|entrepris|sociétés?|union|pays|membre|dirigeant|parlement|ministre|ministère|donat|bailleur"
    r"|acteur|secteur|peuple|employeur|syndicat|conseil|commission|agence|nation|décideur|élu|déput"
    r"|sénat|représentant|citoyen|média|banque|président|collectivité|municipalit|maire|ville"
    r"|administration|police|armée|groupe|association|responsable|compagnie|plateforme|service"
    r"|pouvoir|fournisseur|industrie|utilisateur|signataire|personne|femmes|hommes|jeun|candidat"
    r"|école|universit|fond|réseau))"
)
_BEFORE_ACTOR = (
    r"(?:(?:tou(?:s|tes?)|l['’]ensemble|chacun\w*|chaque|d['’]|des|du|les|la|le|l['’]|nos|notre|leurs?"
    r"|ses|autres?|différent\w*|nouve\w+|grand\w*|deux|principa\w+|haut\w*)\s*){0,4}"
)
_WHO = r"(?:(?:nous|elle|il|elles|ils) )?(?:\w+ment )?"

FRENCH = Words(
    call=cue(rf"(?<!qui )(?<!qui l['’])\b(?P<verb>{_CALL})\b"),
    papers=cue(
        r"\b(?:résolution|rapport|projet|texte|loi|traité|convention|accord|étude|article)\b"
    ),
    own=cue(
        r"\b(?:nos|les|ces|des) (?:\w+ )?(?:demandes|recommandations|revendications|exigences"
        r"|propositions)\b[^.:;]{0,80}:$|\b(?:nous devons|il faut|il convient de|il est urgent de)"
        r"(?: \w+){0,2}:$"
    ),
    modal=cue(
        r"(?P<addressees>[^.:;]{2,120}?) (?P<verb>doit|doivent|devrait|devraient)(?: \w+){0,2}:"
    ),
    called=re.compile(
        r"(?: \w+ment| donc| aussi| encore| solennellement)*"
        r"(?: que(?= \S+(?: \S+){0,2}:))?"
        rf" (?P<to>(?:aux? |à )?{_BEFORE_ACTOR}{_ACTOR}[^:;]{{0,160}}?)"
        r"(?=,? (?:à|de|d['’]) ?(?:ne |n['’]|se |s['’]|y |en |les? |la |l['’])?"
        r"(?:(?!guerre|genre|nature|terre|mer\b|pair|nombre|titre|centre|lettre|droit)"
        r"\w{2,}(?:er|ir|re)\b|ce qu|:)|:|,? afin |,? pour (?:que|qu['’]|\w+[ei]r\b)|,? qu['’e]|$)"
    ),
    we=cue(r"ons\b"),
    recommends=cue(r"\b(?:recommand|préconis|propos)"),
    label=cue(
        r"(?:nos |les |principales |autres )*(?:recommandations?|demandes|revendications|exigences"
        r"|appels?|propositions)(?: (?:spécifiques?|principales|générales|à l['’]action))?"
        r"(?: (?:aux?|à|pour) (?P<addressees>[^:]{1,120}))?:?"
    ),
    open_end=cue(r"\b(?:à|de|que)$"),
    announces=cue(r"\b(?:suivante?s?|ces|mesures|actions|ci-dessous|points)\b"),
    means=cue(r"\b(?:notamment|y compris|par|en|grâce à)(?: \w+)?:$"),
    negative=cue(
        r"\b(?:ne pas|ne plus|ne jamais|cesser|cessent|arrêter|arrêtent|renoncer|renoncent"
        r"|abstenir|(?:un terme|fin) (?:à"
        r"|aux?)"
        r"|opposer|contre|refuser|rejeter|éviter|abandonner)\b[^:]{0,40}:?$"
        r"|\bn['’]\w+ (?:pas|plus)\b[^:]{0,40}:?$"
    ),
    reason=cue(
        r"\b(?:car|parce que|parce qu['’]|puisque|en raison de|pourquoi|étant donné que)[, ]*:$"
        r"|\b(?:raisons|motifs|problèmes|défis|causes|constats|difficultés"
        r"|violations|faits|chiffres|résultats|réalisations)\b[^:]{0,40}:$"
    ),
    people=cue(
        r"^(?:les )?(?:intervenant|orateur|oratrice|signataire|signé|participant|contact|source"
        r"|référence|note|organisations suivantes|liens|voir aussi|en savoir plus)"
        r"|\bont signé\b|\bsigné par\b|\bsignataires\b[^.;:]{0,40}:$"
    ),
    examples=cue(r"\b(?:qui|que|qu['’]|comme|par exemple|notamment|tels? que|à savoir)[, ]*:$"),
    commitment=cue(
        r"\b(?:nous nous engageons|s['’]engage(?:nt)?|entend(?:ent|ons)?|promett(?:ent|ons)"
        r"|(?:avons|ont|a) l['’]intention|nous \w+rons)\b"
    ),
    position=cue(rf"\b(?:{_POSITION})\b"),
    recital=cue(
        r"^(?:considérant|rappelant|reconnaissant|réaffirmant|notant|ayant|conscient|préoccup"
        r"|soulignant|saluant|tenant compte|vu )"
    ),
    item_call=cue(rf"{_WHO}(?:{_CALL})\b"),
    item_position=cue(rf"{_WHO}(?:{_POSITION})\b"),
    ordinal=cue(
        r"(?:premièrement|deuxièmement|troisièmement|quatrièmement|cinquièmement|sixièmement"
        r"|tout d['’]abord|d['’]abord|ensuite|enfin|en (?:premier|deuxième|second|troisième"
        r"|quatrième|cinquième|dernier) lieu)\s?[,:]\s"
    ),
    asks=cue(r"(?!(?:les?|la|un|une)\b|l['’])"),
    article="l'",
    voices=cue(r"nous(?: tous| toutes)?"),
    conjunction=re.compile(r",? et |, "),
    addressee=re.compile(r"[A-ZÀ-Ý]"),
    item_joiner=cue(r"\s*[;,]\s*(?:et|ou|et/ou|ainsi que)$|\s*[;.,]$"),
    item_opener=cue(r"(?:et|ou)\s+"),
    abbreviations=word_set("m mm mme mmes mlle dr pr me st ste n° art al etc cf p pp vol env av"),
    said=(
        "(?:a|ont) (?:déclaré|affirmé|ajouté|souligné|expliqué|indiqué|dit|estimé|rappelé|précisé"
        "|averti|insisté|commenté|noté|conclu|poursuivi)|déclare|affirme|ajoute|souligne|explique"
        "|dit|indique|estime|rappelle|précise|conclut"
    ),
    pronouns=word_set("il elle ils elles"),
    particles=word_set("de du des la le van von der bin ben al el y et"),
    connectors=word_set("de du des la le les l' d' et à pour sur en aux au"),
    qualifiers=(
        "plus de",
        "plus d'",
        "plus d’",
        "moins de",
        "au moins",
        "au plus",
        "jusqu'à",
        "jusqu’à",
        "près de",
        "environ",
        "quelque",
        "autour de",
        "à peine",
        "presque",
        "on estime à",
    ),
    magnitudes={
        "mille": 10**3,
        "millions": 10**6,
        "million": 10**6,
        "milliards": 10**9,
        "milliard": 10**9,
    },
    percent=("%", "pour cent"),
    thousands=" \xa0\u202f.",
    decimal=",",
    uncounted=word_set(
        "an ans année années mois semaine semaines jour jours heure heures minute minutes km"
        " kilomètres mètres miles agenda de du des et ou à par sur le la les un une relatif"
        " relative"
    ),
    numbered=cue(
        r"\b(?:articles?|art\.|n°|nº|no|numéro|résolutions?|objectifs?|cibles?|odd|paragraphes?"
        rf"|sections?|chapitres?|annexe|page|pages|loi|décret|convention|(?:{_MONTH})|le)[\s\xa0]*$"
    ),
    contact=cue(
        r"^(?:pour (?:plus|davantage|de plus amples|toute?) (?:d['’]|de )?(?:information"
        r"|renseignement"
        r"|détail|demande)|contacts?(?: presse| médias?)?\s*(?:[:(]|$)|relations presse)"
    ),
    founded=cue(r"\b(?:a été|fut) (?:créée?|fondée?|établie?)\b|^[^.]{0,60}\best une? "),
    about=cue(r"^(?:à propos|qui sommes-nous|note aux rédact|notes? à la rédaction)"),
    mailboxes=word_set("presse press media info contact communication secretariat bureau"),
    expiring=(
        cue(r"\b(?:la semaine|le mois|l['’]année|l['’]an) prochaine?\b|\bdemain\b"),
        cue(r"\bcette (?:semaine|année)\b|\bce mois(?:-ci)?\b"),
        cue(
            r"\b(?:premier|deuxième|troisième|quatrième|cinquième|dixième|\d+(?:e"
            r"|ème)) anniversaire\b"
        ),
        cue(r"\b(?:en amont|à la veille|dans la perspective) (?:de|du|des) [^,.;]{3,60}"),
    ),
    not_headlines=cue(
        r"(?:communiqué(?: de presse)?|pour diffusion immédiate|déclaration|voir aussi).{0,40}"
    ),
    month=_MONTH,
)
