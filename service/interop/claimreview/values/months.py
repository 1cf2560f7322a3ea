"""The names of months in dates that are written out, in the languages that reviews come in."""
# ruff: noqa: RUF001 -- letters of other languages

_NAMES = """
jan january enero ene janeiro janvier januar jänner gennaio gen januari styczeń \
stycznia января январь січня ocak oca ιανουαρίου ianuarie tammikuuta \
يناير جانفي ژانویه جنوری जनवरी
feb february febrero fevereiro fev février fevr februar febbraio februari luty lutego \
февраля февраль лютого şubat φεβρουαρίου februarie helmikuuta \
فبراير فيفري شباط فوریه فروری फरवरी फ़रवरी
mar march marzo março mars märz mär maart marzec marca марта март березня mart \
μαρτίου martie maaliskuuta \
مارس آذار مارچ मार्च
apr april abril abr avril avr aprile kwiecień kwietnia апреля апрель квітня nisan \
απριλίου aprilie huhtikuuta \
أبريل إبريل ابريل أفريل نيسان آوریل اپریل अप्रैल
may mayo maio mai maggio mei maj maja мая май травня mayıs μαΐου toukokuuta \
مايو ماي أيار ايار مه مئی मई
jun june junio junho juin juni giugno giu czerwiec czerwca июня июнь червня haziran \
ιουνίου iunie kesäkuuta \
يونيو يونيه جوان حزيران ژوئن جون जून
jul july julio julho juillet juil juli luglio lug lipiec lipca июля июль липня temmuz \
ιουλίου iulie heinäkuuta \
يوليو يوليه جويلية تموز ژوئیه جولای جولائی जुलाई
aug august agosto ago août aout augustus augusti sierpień sierpnia августа август \
серпня ağustos αυγούστου elokuuta \
أغسطس اغسطس أوت آب اوت اگست अगस्त
sep sept september septiembre setiembre setembro set septembre settembre wrzesień \
września сентября сентябрь вересня eylül σεπτεμβρίου septembrie syyskuuta \
سبتمبر أيلول ايلول سپتامبر ستمبر सितंबर सितम्बर
oct october octubre outubro out octobre oktober okt ottobre ott październik \
października октября октябрь жовтня ekim οκτωβρίου octombrie lokakuuta \
أكتوبر اكتوبر اکتبر اکتوبر अक्टूबर अक्तूबर
nov november noviembre novembro novembre listopad ноября ноябрь листопада kasım \
νοεμβρίου noiembrie marraskuuta \
نوفمبر نوامبر نومبر नवंबर नवम्बर
dec december diciembre dic dezembro dez décembre déc dezember dicembre grudzień \
grudnia декабря декабрь грудня aralık δεκεμβρίου decembrie joulukuuta \
ديسمبر دسامبر دسمبر दिसंबर दिसम्बर
"""
MONTHS = {
    name: place
    for place, names in enumerate(_NAMES.strip().splitlines(), start=1)
    for name in names.split()
}
"""The number of a month by its name, in small letters."""
