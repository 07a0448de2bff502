// Cohen's kappa: the agreement of two judges beyond what chance would give.
#pragma once

#include <optional>

#include "cadre/analyse/confusion.hpp"

namespace cadre {

struct Kappa {
  double value = 0;           ///< 1: they always agree; 0: as often as chance; may be negative
  double standard_error = 0;  ///< of a large sample
  double low = 0;             ///< the 95% interval, cut at -1 and 1
  double high = 0;
};

/// Kappa as Cohen defines it (A coefficient of agreement for nominal scales, Educational and
/// Psychological Measurement 20, 1960): (p_o - p_e) / (1 - p_e), where p_o is the share of
/// agreement and p_e the share that the margins would give by chance.
///
/// The standard error is that of Fleiss, Cohen and Everitt (Large sample standard errors of kappa
/// and weighted kappa, Psychological Bulletin 72, 1969), the one for kappas that are not 0 (Fleiss,
/// Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., 2003, ch. 18.1). The
/// interval is value ± 1.96 standard errors; where all agree it has no width, whatever the number.
///
/// Nothing where kappa is not defined: nobody was judged, or both judges gave everybody the same
/// one value, which chance would give as well.
std::optional<Kappa> cohen_kappa(const Confusion& table);

}  // namespace cadre
