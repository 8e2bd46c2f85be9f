"""Spanish: the words by which it calls, condemns, counts and quotes."""

import re

from campaign.reading.words.table import Words, cue, word_set

_MONTH = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre"
    "|diciembre"
)
_CALL = (
    r"insta(?:mos|n)?|exhorta(?:mos|n)?|exig(?:e|en|imos)|pid(?:e|en)|pedimos|llama(?:mos|n)?"
    r"|solicita(?:mos|n)?|recomiendan?|recomendamos|demanda(?:mos|n)?|reclama(?:mos|n)?"
    r"|invita(?:mos|n)?|urg(?:e|en|imos)|alientan?|alentamos|anima(?:mos|n)?|rog(?:amos)|ruega"
    r"|(?:hace(?:mos|n)?|lanza(?:mos|n)?) un llam(?:amiento|ado)|propone(?:mos|n)?"
)
_POSITION = (
    r"condena(?:mos|n)?|rechaza(?:mos|n)?|celebra(?:mos|n)?|lamenta(?:mos|n)?|denuncia(?:mos|n)?"
    r"|saluda(?:mos|n)?|aplaud(?:e|en|imos)|deplora(?:mos|n)?|felicita(?:mos|n)?"
    r"|reconoce(?:mos|n)?|reafirma(?:mos|n)?|afirma(?:mos|n)?|expresa(?:mos|n)?|reitera(?:mos|n)?"
    r"|recuerdan?|recordamos|observa(?:mos|n)?|toma(?:mos|n)? nota|subraya(?:mos|n)?"
    r"|apoya(?:mos|n)?"
    r"|agradece(?:mos|n)?|manifiestan?|manifestamos|advierten?|advertimos|repudia(?:mos|n)?"
)
_ACTOR = (
    r"(?:[A-ZÁ-Ú]|(?:estado|gobierno|comunidad|parte|autoridad|institucion|institución|organi[sz]"
    r"|organismo|empresa|sociedad|uni[oó]n|país|miembro|dirigente|l[ií]der|parlament|ministr|donante"
    r"|actor|sector|pueblo|empleador|sindicato|consejo|comisi[oó]n|agencia|naci|decisor|diputad"
    r"|senador|representante|ciudadan|medio|banc|president|municipi|alcald|administraci|polic[ií]a"
    r"|ej[eé]rcito|grupo|asociaci|responsable|compañ[ií]a|plataforma|servicio|poder|proveedor"
    r"|industria|signatari|persona|mujeres|hombres|j[oó]ven|candidat|escuela|universidad|fondo|red"
    r"|socio|aliado|titular|cong?res|entidad|congreso))"
)
_BEFORE_ACTOR = (
    r"(?:(?:tod[oa]s?|cada|el|l[oa]s?|nuestr[oa]s?|sus?|demás|distint[oa]s|diferentes|nuev[oa]s?"
    r"|conjunto de|principales|altas?|mism[oa]s) ){0,4}"
)
_WHO = r"(?:(?:\w+mente|también|además) )?"

SPANISH = Words(
    call=cue(rf"(?<!que )(?<!se )(?<!quien )(?<!la )(?<!una )\b(?P<verb>{_CALL})\b"),
    papers=cue(r"\b(?:resolución|informe|proyecto|texto|ley|tratado|convenio|estudio|artículo)\b"),
    own=cue(
        r"\b(?:nuestras|las|estas|siguientes) (?:\w+ )?(?:demandas|recomendaciones|peticiones"
        r"|exigencias|propuestas)\b[^.:;]{0,80}:$|\b(?:debemos|es necesario|hay que|es urgente)"
        r"(?: \w+){0,2}:$"
    ),
    modal=cue(r"(?P<addressees>[^.:;]{2,120}?) (?P<verb>deben?|deberían?)(?: \w+){0,2}:"),
    called=re.compile(
        r"(?: \w+mente| también| además| asimismo| con urgencia)*"
        rf" (?P<to>(?:al |a ){_BEFORE_ACTOR}{_ACTOR}[^:;]{{0,160}}?)(?=,? (?:a|de|para|en) (?:no )?"
        r"(?:(?!lugar|hogar|mujer|poder|par|mar)\w{2,}(?:[aei]r|ír)(?:se|l[oae]s?)?\b)"
        r"|,? (?:a|para|de)(?:$|:)|,? (?:a|para) que\b|,? que\b|:|$)"
    ),
    we=cue(r"mos\b"),
    recommends=cue(r"\b(?:recom[ei]nda|recom(?:endaci|iend)|propone|propuesta|sugiere)"),
    label=cue(
        r"(?:nuestras |las |principales |otras )*(?:recomendaciones|demandas|peticiones|exigencias"
        r"|propuestas|llamamientos?|llamados?)(?: y \w+)?(?: (?:de|a la) acción)?"
        r"(?: (?:específicas|específicos|principales|generales))?"
        r"(?: (?:a|al|para) (?P<addressees>[^:]{1,120}))?:?"
    ),
    open_end=cue(r"\b(?:a|de|que)$"),
    announces=cue(r"\b(?:siguientes?|estas|estos|medidas|acciones|a continuación|puntos)\b"),
    means=cue(r"\b(?:incluso|en particular|mediante|a través de|entre otras cosas)(?: \w+)?:$"),
    negative=cue(
        r"\b(?:no(?! s[oó]lo)|nunca|cesar|cesen|dejar de|dejen de|eviten|abst[eé]nganse"
        r"|detengan|abandonen|abstenerse|(?:poner|pongan) fin|oponerse"
        r"|en contra|contra|evitar|renunciar|rechazar|detener|abandonar)\b[^:]{0,40}:?$"
    ),
    reason=cue(
        r"\b(?:porque|pues|ya que|debido a|puesto que|dado que|por qué)[, ]*:$"
        r"|\b(?:razones|motivos|problemas|desafíos|retos|causas|preocupaciones|hechos|cifras"
        r"|datos|resultados"
        r"|logros)\b[^:]{0,40}:$"
    ),
    people=cue(
        r"^(?:l[oa]s )?(?:ponente|orador|firmante|firma|participante|contacto|fuente|referencia"
        r"|nota|suscrib|siguientes organizaciones|enlaces|véase|más información)"
        r"|\bhan firmado\b|\bfirmad[oa] por\b|\bfirmantes\b[^.;:]{0,40}:$"
    ),
    examples=cue(r"\b(?:que|cuales|incluyen?|por ejemplo|como|entre ell[oa]s|a saber)[, ]*:$"),
    commitment=cue(
        r"\b(?:(?:nos|se) compromete(?:mos|n)?|(?:nos|se) propone(?:mos|n)|pretend(?:e|en|emos)"
        r"|(?:tenemos|tienen) (?:la intención|previsto)|(?:nos|se) obliga(?:mos|n)?|prometemos)\b"
    ),
    position=cue(rf"\b(?:{_POSITION})\b"),
    recital=cue(
        r"^(?:considerando|recordando|reconociendo|reafirmando|observando|teniendo en cuenta"
        r"|conscientes?|preocupad|habiendo|tomando)"
    ),
    item_call=cue(rf"{_WHO}(?:{_CALL})\b"),
    item_position=cue(rf"{_WHO}(?:{_POSITION})\b"),
    ordinal=cue(
        r"(?:primero|segundo|tercero|cuarto|quinto|sexto|en (?:primer|segundo|tercer|cuarto|quinto"
        r"|último) lugar|por último|finalmente)[,:]\s"
    ),
    asks=cue(r"(?!(?:el|la|los|las|un|una|l[ae]s?)\b)"),
    article="la ",
    voices=cue(r"nosotr[oa]s"),
    conjunction=re.compile(r",? y |, "),
    addressee=re.compile(r"[A-ZÁ-Ú]"),
    item_joiner=cue(r"\s*[;,]\s*(?:y|e|o|u|y/o|así como)$|\s*[;.,]$"),
    item_opener=cue(r"(?:y|e|o)\s+"),
    abbreviations=word_set("sr sra sres dr dra d dña núm no art etc ee uu p pp vol cf aprox av"),
    said=(
        "(?:ha|han) (?:declarado|afirmado|añadido|señalado|dicho|explicado|subrayado|destacado"
        "|advertido|indicado|manifestado|asegurado)|dijo|declaró|afirmó|señaló|añadió|agregó"
        "|explicó|subrayó|destacó|expresó|manifestó|advirtió|indicó|comentó|aseguró|sostuvo"
        "|concluyó|dice|afirma|señala|explica"
    ),
    pronouns=word_set("él ella ellos ellas"),
    particles=word_set("de del la las los y van von da do al el"),
    connectors=word_set("de del la las los el y e para sobre en a al por"),
    qualifiers=(
        "más de",
        "menos de",
        "al menos",
        "por lo menos",
        "cerca de",
        "casi",
        "alrededor de",
        "aproximadamente",
        "unos",
        "unas",
        "hasta",
        "se estima que",
        "en torno a",
    ),
    magnitudes={
        "mil millones": 10**9,
        "mil": 10**3,
        "millones": 10**6,
        "millón": 10**6,
        "billones": 10**12,
    },
    percent=("%", "por ciento"),
    thousands=" \xa0\u202f.",
    thousands_too=",",
    decimal=",",
    uncounted=word_set(
        "año años mes meses semana semanas día días hora horas minuto minutos km kilómetros metros"
        " millas agenda de del y o a en por para la el los las un una"
    ),
    numbered=cue(
        r"\b(?:artículos?|art\.|núm\.?|n\.º|nº|no\.?|número|resolución|resoluciones|objetivos?"
        r"|metas?"
        rf"|ods|párrafos?|sección|capítulos?|anexo|página|ley|decreto|convenio"
        rf"|(?:{_MONTH})(?: de)?)"
        r"[\s\xa0]*$"
    ),
    contact=cue(
        r"^(?:para (?:más|mayor|obtener más) (?:información|detalles)|contactos?(?: de prensa)?\s*"
        r"(?:[:(]|$)|prensa:)"
    ),
    founded=cue(r"\bfue (?:cread|fundad|establecid)[oa]\b|^[^.]{0,60}\bes una? "),
    about=cue(
        r"^(?:acerca de|sobre (?:la|el|nosotros)\b|quiénes somos|notas? (?:para|a) (?:la|los) )"
    ),
    mailboxes=word_set("prensa press media info contacto comunicacion secretaria oficina"),
    expiring=(
        cue(r"\b(?:la próxima semana|el próximo (?:mes|año)|la semana próxima|mañana)\b"),
        cue(r"\best[ea] (?:semana|mes|año)\b"),
        cue(r"\b(?:primer|segundo|tercer|cuarto|quinto|décimo|\d+\.?º) aniversario\b"),
        cue(
            r"\b(?:antes|con miras|de cara|en vísperas) (?:de|a|al) (?:la|el) [A-ZÁ-Ú][^,.;]{3,60}"
        ),
    ),
    not_headlines=cue(
        r"(?:comunicado(?: de prensa)?|nota de prensa|para (?:su )?publicación inmediata"
        r"|declaración"
        r"|véase también).{0,20}"
    ),
    month=_MONTH,
)
