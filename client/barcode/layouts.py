"""Which character stands on which key, for the keyboards a scanner or a computer may be set to.

From xkeyboard-config, whose names the keyboards bear here; a test holds them against the machine's own. Windows differs
from it in few AltGr characters. `·` stands where a key has nothing a symbol could hold; dead keys bear their accent.
"""

from typing import Final

POSITIONS: Final = (41, *range(2, 14), *range(16, 28), *range(30, 41), 43, 86, *range(44, 54))
"""The keys of a row of characters below, as scan codes of set 1: what Linux counts, and Windows in its main block."""

# Plain, with Shift, with AltGr.
LAYOUTS: Final[dict[str, tuple[str, str, str]]] = {
    "us": (
        "`1234567890-=qwertyuiop[]asdfghjkl;'\\<zxcvbnm,./",
        '~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"|>ZXCVBNM<>?',
        "················································",
    ),
    "gb": (
        "`1234567890-=qwertyuiop[]asdfghjkl;'#\\zxcvbnm,./",
        '¬!"£$%^&*()_+QWERTYUIOP{}ASDFGHJKL:@~|ZXCVBNM<>?',
        "················································",
    ),
    "fr": (
        "²&é\"'(-è_çà)=azertyuiop^$qsdfghjklmù*<wxcvbn,;:!",
        "~1234567890°+AZERTYUIOP¨£QSDFGHJKLM%µ>WXCVBN?./§",
        "··~#{[|`\\^@]}············@·········^`|··········",
    ),
    "be": (
        "²&é\"'(§è!çà)-azertyuiop^$qsdfghjklmùµ<wxcvbn,;:=",
        "³1234567890°_AZERTYUIOP¨*QSDFGHJKLM%£>WXCVBN?./+",
        "·|@#··^{[{}\\·@·········[]···········`\\·········~",
    ),
    "de": (
        "^1234567890ß´qwertzuiopü+asdfghjklöä#<yxcvbnm,.-",
        "°!\"§$%&/()=?`QWERTZUIOPÜ*ASDFGHJKLÖÄ'>YXCVBNM;:_",
        "·······{[]}\\·@··········~··········^·|··········",
    ),
    "ch": (
        "§1234567890'^qwertzuiopü¨asdfghjklöä$<yxcvbnm,.-",
        '°+"*ç%&/()=?`QWERTZUIOPè!ASDFGHJKLéà£>YXCVBNM;:_',
        "·|@#···|·]}·~@·········[]··········{}\\··········",
    ),
    "es": (
        "º1234567890'¡qwertyuiop`+asdfghjklñ´ç<zxcvbnm,.-",
        'ª!"·$%&/()=?¿QWERTYUIOP^*ASDFGHJKLÑ¨Ç>ZXCVBNM;:_',
        "\\|@#~··{[]}\\·@·········[]·········~{}|··········",
    ),
    "pt": (
        "\\1234567890'«qwertyuiop+´asdfghjklçº~<zxcvbnm,.-",
        '|!"#$%&/()=?»QWERTYUIOP*`ASDFGHJKLÇª^>ZXCVBNM;:_',
        "··@····{[]}\\·@··········~··········^`\\··········",
    ),
    "br": (
        "'1234567890-=qwertyuiop´[asdfghjklç~]\\zxcvbnm,.;",
        '"!@#$%¨&*()_+QWERTYUIOP`{ASDFGHJKLÇ^}|ZXCVBNM<>:',
        "·······{[]}\\·/?····················~············",
    ),
    "it": (
        "\\1234567890'ìqwertyuiopè+asdfghjklòàù<zxcvbnm,.-",
        '|!"£$%&/()=?^QWERTYUIOPé*ASDFGHJKLç°§>ZXCVBNM;:_',
        "·······{[]}`~@·········[]·········@#`···········",
    ),
    "nl": (
        "@1234567890/°qwertyuiop¨*asdfghjkl+´<]zxcvbnm,.-",
        "§!\"#$%&_()'?~QWERTYUIOP^|ASDFGHJKL±`>[ZXCVBNM;:=",
        "········{}·\\·@·········~~··········'`|··········",
    ),
    "dk": (
        "½1234567890+´qwertyuiopå¨asdfghjklæø'<zxcvbnm,.-",
        '§!"#¤%&/()=?`QWERTYUIOPÅ^ASDFGHJKLÆØ*>ZXCVBNM;:_',
        "··@·$··{[]}·|@··········~··········^·\\··········",
    ),
    "no": (
        "|1234567890+\\qwertyuiopå¨asdfghjkløæ'<zxcvbnm,.-",
        '§!"#¤%&/()=?`QWERTYUIOPÅ^ASDFGHJKLØÆ*>ZXCVBNM;:_',
        "··@·$··{[]}··@··········~··········^············",
    ),
    "se": (
        "§1234567890+´qwertyuiopå¨asdfghjklöä'<zxcvbnm,.-",
        '½!"#¤%&/()=?`QWERTYUIOPÅ^ASDFGHJKLÖÄ*>ZXCVBNM;:_',
        "··@·$··{[]}\\·@··········~············|··········",
    ),
    "cz": (
        ";+ěščřžýáíé=´qwertzuiopú)asdfghjklů§¨\\yxcvbnm,.-",
        "°1234567890%ˇQWERTZUIOP/(ASDFGHJKL\"!'|YXCVBNM?:_",
        "`!@#$%^&*{}\\·\\|········[]~··[]`'··$'\\/·#&@{}^<>*",
    ),
    "hu": (
        "0123456789öüóqwertzuiopőúasdfghjkléáűíyxcvbnm,.-",
        "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚASDFGHJKLÉÁŰÍYXCVBNM?:_",
        "·~·^···`·····\\|·············[]····$··<>#&@{}<;>*",
    ),
    "tr": (
        '"1234567890*-qwertyuıopğüasdfghjklşi,<zxcvbnmöç.',
        "é!'^+%&/()=?_QWERTYUIOPĞÜASDFGHJKLŞİ;>ZXCVBNMÖÇ:",
        "<>·#$··{[]}\\|@··········~··········'`|··········",
    ),
}
